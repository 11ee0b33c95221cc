import PatrolTestSupport

/// Which module may import which, as `Package.swift` says. SwiftPM itself lets a target import
/// whatever its dependencies depend on.
struct ModuleGraph {
    private(set) var dependencies: [String: Set<String>] = [:]

    /// Reads the lines `module("A", ["B"])` and `.executableTarget(name: "A", dependencies: ["B"])`.
    init(package text: String) {
        for opening in ["module(", ".executableTarget("] {
            for part in text.split(separator: opening, omittingEmptySubsequences: false).dropFirst() {
                guard let name = Self.strings(in: part.prefix { $0 != ")" }).first else { continue }
                dependencies[name, default: []].formUnion(Self.list(in: part))
            }
        }
    }

    static func ofThePackage() -> ModuleGraph {
        ModuleGraph(package: TextFile.text(of: SourceTree.root + "/Package.swift") ?? "")
    }

    /// The strings of the first list in brackets, which is that of the dependencies.
    private static func list(in text: some StringProtocol) -> [String] {
        guard let start = text.firstIndex(of: "["), let end = text.firstIndex(of: "]"), start < end,
            text[..<start].allSatisfy({ $0 != ")" })
        else { return [] }
        return strings(in: text[start..<end])
    }

    private static func strings(in text: some StringProtocol) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
    }
}
