package import PatrolDomain
import PatrolJSON

/// The file with the person's views, `views.json`, of at most 262,144 bytes: the screen writes it, the command line reads it.
package struct ViewsFile {
    private let path: String?
    private let isLasting: Bool
    private static let limits = JSONLimits(bytes: 262_144, depth: 4, values: 10_000)

    /// - Parameter isLasting: false for an account that is gone afterwards: its views are, too.
    package init(folder: String?, isLasting: Bool = true) {
        path = isLasting ? folder.map { "\($0)/views.json" } : nil
        self.isLasting = isLasting
    }

    /// None where there is no file; `fault` is why it can't be read, in words of one line.
    package func read() -> (views: [SavedView], fault: String?) {
        guard let path else { return ([], nil) }
        switch ConfigurationFile.read(path, maximum: Self.limits.bytes) {
        case .missing: return ([], nil)
        case .fault(let words): return ([], words)
        case .text(let bytes):
            do throws(JSONFault) {
                return (try JSON(parsing: bytes, limits: Self.limits).savedViews, nil)
            } catch {
                return ([], "views.json:\(error.line): \(error.reason.words)")
            }
        }
    }

    /// Nil, or why they can't be kept. A file that is there and can't be read is left alone.
    package func write(_ views: [SavedView]) -> String? {
        guard isLasting else { return nil }
        guard let path else { return "the views are here until you leave: HOME is not set, so they can't be kept longer" }
        if let fault = read().fault { return "\(fault); mend it first" }
        var bytes: [UInt8] = []
        JSON(views: views).write(to: &bytes, pretty: true)
        return ConfigurationFile.write(bytes, to: path)
    }
}
