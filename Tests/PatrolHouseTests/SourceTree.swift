import PatrolTestSupport

/// The project's files, read where they stand.
enum SourceTree {
    static let root: String = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    struct File {
        /// From the root: `Sources/PatrolDomain/Account.swift`.
        let path: String
        let lines: [Substring]

        /// The folder below `Sources` or `Tests`, which is the module's name but for the programs.
        var folder: String { String(path.split(separator: "/")[1]) }
    }

    static func files(below folder: String, endingIn endings: String...) -> [File] {
        endings.flatMap { TextFile.files(below: "\(root)/\(folder)", endingIn: $0) }.map { path in
            File(
                path: String(path.dropFirst(root.count + 1)),
                lines: (TextFile.text(of: path) ?? "").split(
                    separator: "\n", omittingEmptySubsequences: false))
        }
    }

    static let swiftSources = files(below: "Sources", endingIn: ".swift")
    static let swiftTests = files(below: "Tests", endingIn: ".swift")

    /// The lines that are code: neither empty nor all comment.
    static func code(of file: File) -> [(number: Int, text: Substring)] {
        file.lines.enumerated().compactMap { number, line in
            let text = line.drop { $0 == " " }
            return text.isEmpty || text.hasPrefix("//") ? nil : (number + 1, text)
        }
    }

    /// The module that a line imports, if it imports one: `package import PatrolDomain`, `import struct A.B`.
    static func importedModule(in line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
            words[..<place].allSatisfy({ importPrefixes.contains(String($0)) })
        else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let named = kinds.contains(words[place + 1]) ? words[place + 2] : words[place + 1]
        return named.split(separator: ".").first.map(String.init)
    }

    private static let importPrefixes: Set<String> = [
        "package", "public", "internal", "fileprivate", "private", "@testable", "@preconcurrency",
        "@_exported", "@_implementationOnly",
    ]
}
