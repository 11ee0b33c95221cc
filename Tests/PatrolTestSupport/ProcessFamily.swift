/// Processes and what they have started, as the kernel lists them.
package enum ProcessFamily {
    /// The children of a process, the eldest first.
    package static func children(of process: Int) -> [Int] {
        let list = TextFile.text(of: "/proc/\(process)/task/\(process)/children") ?? ""
        return list.split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { Int($0) }
    }

    /// Whether a process is there and has not ended.
    package static func isRunning(_ process: Int) -> Bool {
        guard let text = TextFile.text(of: "/proc/\(process)/stat"), let name = text.lastIndex(of: ")")
        else { return false }
        return !text[name...].hasPrefix(") Z")
    }
}
