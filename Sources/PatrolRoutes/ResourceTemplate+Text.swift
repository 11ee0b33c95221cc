import PatrolDomain

extension ResourceTemplate {
    /// Reads a resource as route files write it. A `{` behind a slash begins a capture, which is a whole key; others are of the
    /// resource itself.
    init(parsing text: Substring, _ path: PathTemplate) throws(WordFault) {
        let bytes = Array(text.utf8)
        var pieces: [Piece] = []
        // `_name_` for `{name}` is as long, so that a fault of the example is one of the template.
        var example = bytes
        var start = 0
        var place = 0
        while place < bytes.count {
            let isCapture = bytes[place] == UInt8(ascii: "{") && place > 0 && bytes[place - 1] == UInt8(ascii: "/")
            guard isCapture, let end = bytes[place...].firstIndex(of: UInt8(ascii: "}")) else {
                place += 1
                continue
            }
            let name = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
            pieces.append(.text(Array(bytes[start..<place])))
            pieces.append(try Self.piece(name, path, at: place))
            let follower = end + 1 < bytes.count ? bytes[end + 1] : UInt8(ascii: ":")
            guard follower == UInt8(ascii: ":") || follower == UInt8(ascii: ";") else {
                throw WordFault(.badCapture("{\(name)}"), at: place)
            }
            (example[place], example[end]) = (UInt8(ascii: "_"), UInt8(ascii: "_"))
            place = end + 1
            start = place
        }
        if start < bytes.count { pieces.append(.text(Array(bytes[start...]))) }
        do throws(SpecifierFault) {
            self.example = try Resource(parsing: String(decoding: example, as: UTF8.self))
        } catch {
            throw WordFault(.resource(error.reason), at: error.place)
        }
        self.pieces = pieces
        self.text = String(text)
    }

    private static func piece(_ name: String, _ path: PathTemplate, at place: Int) throws(WordFault) -> Piece {
        for (number, segment) in path.segments.enumerated() {
            if segment == .capture(name) { return .segment(number) }
            if segment == .rest(name) { throw WordFault(.restInResource(name), at: place) }
        }
        guard let number = path.parameters.firstIndex(where: { $0.capture == name }) else {
            throw WordFault(.unknownCapture(name), at: place)
        }
        return .parameter(number)
    }
}
