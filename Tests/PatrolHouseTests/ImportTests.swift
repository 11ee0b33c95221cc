import Testing

/// SwiftPM does not stop a module from importing what its dependencies depend on; these tests do.
@Suite struct `Who imports whom` {
    private struct Import: Hashable, CustomStringConvertible {
        let module: String
        let imported: String
        let place: String
        var description: String { "\(place): \(module) imports \(imported)" }
    }

    private let imports: [Import] = SourceTree.swiftSources.flatMap { file in
        SourceTree.code(of: file).compactMap { line in
            SourceTree.importedModule(in: line.text).map {
                Import(module: moduleName(file), imported: $0, place: "\(file.path):\(line.number)")
            }
        }
    }

    private static func moduleName(_ file: SourceTree.File) -> String {
        file.folder == "PatrolBenchmarks" ? "patrol-benchmarks" : file.folder
    }

    /// What comes with the system and the language.
    private let system: Set<String> = ["Glibc", "Synchronization"]

    /// Modules with no effects: no clock, no files, no system calls.
    private let pureModules: Set<String> = ["PatrolDomain", "PatrolRoutes", "PatrolPresentation", "PatrolScreen"]

    @Test func `a module imports what Package.swift says, and the C library`() {
        let graph = ModuleGraph.ofThePackage()
        #expect(graph.dependencies["PatrolTerminal"]?.contains("CNcurses") == true)
        let wrong = imports.filter { found in
            !system.contains(found.imported) && graph.dependencies[found.module]?.contains(found.imported) != true
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `the domain imports nothing, and pure modules nothing of the system`() {
        let wrong = imports.filter {
            $0.module == "PatrolDomain" || pureModules.contains($0.module) && $0.imported == "Glibc"
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `only the one door imports storage`() {
        let wrong = imports.filter { $0.imported == "PatrolStorage" && $0.module != "PatrolOperations" }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `the screen knows no terminal and no operations`() {
        let known: Set<String> = ["PatrolOperations", "PatrolStorage", "PatrolTerminal", "CNcurses", "CSystem"]
        let wrong = imports.filter { $0.module == "PatrolScreen" && known.contains($0.imported) }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `one module each imports SQLite, the crypto library, the JSON library and ncurses`() {
        let only = [
            "CSQLite": "PatrolStorage", "CCrypto": "PatrolCrypto", "CJansson": "PatrolJSON",
            "CNcurses": "PatrolTerminal", "CHTTP": "PatrolHTTP",
        ]
        let wrong = imports.filter { found in only[found.imported].map { $0 != found.module } ?? false }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `nobody imports Foundation, and no test XCTest`() {
        let shunned: Set<String> = ["Foundation", "FoundationEssentials", "XCTest"]
        let wrong = (SourceTree.swiftSources + SourceTree.swiftTests).flatMap { file in
            SourceTree.code(of: file).compactMap { line in
                SourceTree.importedModule(in: line.text).map { shunned.contains($0) } == true
                    ? "\(file.path):\(line.number)" : nil
            }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func `a C header of ours speaks plain C types`() {
        let headers = SourceTree.files(below: "Sources", endingIn: ".h")
            + SourceTree.files(below: "Tests", endingIn: ".h")
        // A header inside a target is its own affair.
        let shown = headers.filter { $0.path.contains("/include/") }
        let wrong = shown.flatMap { file in
            file.lines.filter { $0.hasPrefix("#include <") && !allowed.contains(String($0)) }
                .map { "\(file.path): \($0)" }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    /// Headers that declare types only, with no feature macro in them.
    private let allowed: Set<String> = ["#include <stddef.h>", "#include <stdint.h>", "#include <stdbool.h>"]
}
