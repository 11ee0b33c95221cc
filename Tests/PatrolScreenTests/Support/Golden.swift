import Glibc
import Testing

/// A frame as text, compared with the file of that name in `Goldens`. With PATROL_RECORD=1 the files are
/// written instead.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let folder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Goldens"
    let path = "\(folder)/\(name).txt"
    if shouldRecord {
        mkdir(folder, 0o755)
        writeFile(text, to: path)
        return
    }
    let wanted = read(path)
    #expect(text == wanted, "PATROL_RECORD=1 refreshes \(name)", sourceLocation: sourceLocation)
}

var shouldRecord: Bool { getenv("PATROL_RECORD") != nil }

func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&part, 1, part.count, file)
        guard count > 0 else { break }
        bytes += part[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}

func writeFile(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    fwrite(bytes, 1, bytes.count, file)
}
