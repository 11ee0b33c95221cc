import Glibc
import PatrolDomain
import PatrolLaunchDarkly
import Testing

/// The files of a small made-up account, as LaunchDarkly would answer them, and what is read of them.
enum Sample {
    static let now = Timestamp(milliseconds: 1_795_500_000_000)

    private static let names = [
        "roles.json", "teams.json", "members-1.json", "members-2.json", "tokens-1.json", "tokens-2.json",
        "auditlog-1.json", "auditlog-2.json", "auditlog-3.json",
    ]

    static func read() throws -> (contents: AccountImport, report: ImportReport) {
        var reader = AccountReader(source: "the sample", at: now)
        for name in names {
            let kind = try #require(AnswerKind(fileName: name))
            try reader.add(bytes(of: name), file: name, kind: kind)
        }
        return reader.finish()
    }

    private static func bytes(of name: String) throws -> [UInt8] {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let file = try #require(fopen("/\(folder)/Sample/\(name)", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }
}

extension ImportNote {
    /// The note in words, with the bare name of what is wrong with a pattern.
    var line: String { words { "character \($0.place)" } }
}
