import Testing

/// The manners of the house that a machine can check.
@Suite struct `Manners` {
    @Test func `no file is longer than 400 lines`() {
        let files = SourceTree.files(below: "Sources", endingIn: ".swift", ".c", ".h")
            + SourceTree.files(below: "Tests", endingIn: ".swift", ".c", ".h")
        let long = files.filter { $0.lines.count > 401 }.map { "\($0.path): \($0.lines.count - 1)" }
        #expect(files.count > 20)
        #expect(long.isEmpty, "\(long)")
    }

    @Test(arguments: ["try!", "as!", "fatalError(", "FIXME", "TODO", "@_exported"])
    func `nothing forces, and nothing is left to do later`(_ word: String) {
        let wrong = places(of: word, in: SourceTree.swiftSources)
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `nothing is public`() {
        let wrong = places(of: "public ", in: SourceTree.swiftSources.filter { $0.path != "Package.swift" })
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `only the programs print`() {
        let printing: Set<String> = ["patrol", "PatrolBenchmarks"]
        let wrong = places(of: "print(", in: SourceTree.swiftSources.filter { !printing.contains($0.folder) })
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `no name is Manager, Helper, Util or Common`() {
        let words = ["Manager", "Helper", "Util", "Common"]
        let wrong = SourceTree.swiftSources.flatMap { file in
            SourceTree.code(of: file).filter { line in
                let declares = ["struct ", "class ", "enum ", "protocol "].contains { line.text.contains($0) }
                return declares && words.contains { line.text.contains($0) }
            }.map { "\(file.path):\($0.number)" }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    /// Where a word begins that is not the end of another one.
    private func places(of word: String, in files: [SourceTree.File]) -> [String] {
        files.flatMap { file in
            SourceTree.code(of: file).filter { line in
                line.text.indices.contains { place in
                    guard line.text[place...].hasPrefix(word) else { return false }
                    guard place > line.text.startIndex else { return true }
                    let before = line.text[line.text.index(before: place)]
                    return !before.isLetter && !before.isNumber && before != "_" && before != "."
                }
            }.map { "\(file.path):\($0.number)" }
        }
    }
}
