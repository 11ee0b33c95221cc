import CSystem
import Glibc
import PatrolScreen

/// A person's own keys: `$XDG_CONFIG_HOME/patrol/keys.json`. A file of bounded size, or none.
struct KeyFile {
    let path: String?

    init(environment: (String) -> String?) {
        func variable(_ name: String) -> String? {
            guard let value = environment(name), !value.isEmpty else { return nil }
            return value
        }
        let configuration = variable("XDG_CONFIG_HOME") ?? variable("HOME").map { "\($0)/.config" }
        path = configuration.map { "\($0)/patrol/keys.json" }
    }

    /// Gives the model the keys of the file. Where there is none, nothing changes.
    func apply(to model: inout Model) {
        guard let path else { return }
        // One byte more than a file may have tells a larger one.
        var bytes = [UInt8](repeating: 0, count: KeyTable.maximumFileLength + 1)
        let count = file_read_small(path, &bytes, bytes.count)
        guard count >= 0 else {
            var about = stat()
            if lstat(path, &about) == 0 { model.tellKeysUnread(path) }
            return
        }
        model.takeKeys(Array(bytes[..<count]), from: path)
    }
}
