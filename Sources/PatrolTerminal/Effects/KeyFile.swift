import PatrolScreen

/// A person's own keys: `keys.json` in the folder of his settings. A file of bounded size, or none.
struct KeyFile {
    private let path: String?

    init(folder: String?) { path = folder.map { "\($0)/keys.json" } }

    /// Gives the model the keys of the file. Where there is none, nothing changes; where it can't be read, why.
    func apply(to model: inout Model) -> String? {
        guard let path else { return nil }
        switch ConfigurationFile.read(path, maximum: KeyTable.maximumFileLength) {
        case .missing: return nil
        case .fault(let why): return why
        case .text(let bytes):
            return model.takeKeys(bytes, from: path)
        }
    }
}
