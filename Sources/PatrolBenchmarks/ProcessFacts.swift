import Glibc

/// What the kernel says about a program, its threads and its children, added up.
struct ProcessFacts {
    var processorMilliseconds = 0.0
    /// How often it went to sleep of itself, and so was woken.
    var sleeps = 0
    var residentMegabytes = 0.0
    /// Its share of what it shares with others.
    var proportionalMegabytes = 0.0

    init(process: Int) {
        for process in Self.family(of: process) { add(process) }
    }

    private mutating func add(_ process: Int) {
        let folder = "/proc/\(process)"
        for task in Self.entries(of: "\(folder)/task") {
            let schedule = Self.text(of: "\(folder)/task/\(task)/schedstat").split(separator: " ")
            processorMilliseconds += (schedule.first.flatMap { Double($0) } ?? 0) / 1e6
            sleeps += Int(Self.number(after: "voluntary_ctxt_switches:", in: "\(folder)/task/\(task)/status"))
        }
        residentMegabytes += Self.number(after: "VmRSS:", in: "\(folder)/status") / 1_024
        proportionalMegabytes += Self.number(after: "Pss:", in: "\(folder)/smaps_rollup") / 1_024
    }

    /// The process and all that descend from it.
    static func family(of process: Int) -> [Int] {
        let children = entries(of: "/proc/\(process)/task").flatMap { task in
            text(of: "/proc/\(process)/task/\(task)/children").split(separator: " ").compactMap { Int($0) }
        }
        return [process] + children.flatMap(family)
    }

    private static func number(after label: String, in path: String) -> Double {
        let line = text(of: path).split(separator: "\n").first { $0.hasPrefix(label) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
    }

    static func entries(of folder: String) -> [String] {
        guard let open = opendir(folder) else { return [] }
        defer { closedir(open) }
        var names: [String] = []
        while let entry = readdir(open) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    static func text(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: all, as: UTF8.self) }
            all.append(contentsOf: chunk.prefix(count))
        }
    }
}
