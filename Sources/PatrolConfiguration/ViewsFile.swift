package import PatrolDomain
import PatrolJSON

/// The file with the person's views, `views.json`, of at most 262,144 bytes: the screen writes it, the command line reads it.
///
/// Several sessions keep views in it. So it knows what was last read or written here: only what became other since then is
/// put into the file.
package struct ViewsFile {
    private let path: String?
    private var known: [SavedView] = []
    private let isLasting: Bool
    private static let limits = JSONLimits(bytes: 262_144, depth: 4, values: 10_000)

    /// - Parameter isLasting: false for an account that is gone afterwards: its views are, too.
    package init(folder: String?, isLasting: Bool = true) {
        path = isLasting ? folder.map { "\($0)/views.json" } : nil
        self.isLasting = isLasting
    }

    /// None where there is no file; `fault` is why it can't be read, in words of one line.
    package mutating func read() -> (views: [SavedView], fault: String?) {
        guard let path else { return ([], nil) }
        let (content, fault) = Self.content(of: ConfigurationFile.read(path, maximum: Self.limits.bytes))
        known = content.savedViews
        return (known, fault)
    }

    /// Keeps these. The views as the file has them now, with those of other sessions; `fault` is why they can't be kept. A file
    /// that is there and can't be read is left alone, and so is what newer versions put into it.
    package mutating func write(_ views: [SavedView]) -> (views: [SavedView], fault: String?) {
        guard isLasting else { return (views, nil) }
        guard let path else {
            return (views, "the views are here until you leave: HOME is not set, so they can't be kept longer")
        }
        var (all, fault): ([SavedView], String?) = (views, nil)
        let failure = ConfigurationFile.update(path, maximum: Self.limits.bytes) { reading in
            let (content, why) = Self.content(of: reading)
            if let why {
                fault = "\(why); mend it first"
                return nil
            }
            let changed = content.changing(views: known, to: views)
            var bytes: [UInt8] = []
            changed.write(to: &bytes, pretty: true)
            // What is more would not be read.
            if changed.viewCount > SavedView.maximumCount || bytes.count > Self.limits.bytes {
                fault = "`views.json` is full, with the views of other sessions: delete one first"
                return nil
            }
            all = changed.savedViews
            return bytes
        }
        if let fault = fault ?? failure { return (views, fault) }
        known = all
        return (all, nil)
    }

    private static func content(of reading: ConfigurationFile.Reading) -> (content: JSON, fault: String?) {
        switch reading {
        case .missing: return ([:], nil)
        case .fault(let words): return ([:], words)
        case .text(let bytes):
            do throws(JSONFault) {
                let content = try JSON(parsing: bytes, limits: limits)
                return content.hasViews ? (content, nil) : ([:], "views.json: there is no list `views` in it")
            } catch {
                return ([:], "views.json:\(error.line): \(error.reason.words)")
            }
        }
    }
}
