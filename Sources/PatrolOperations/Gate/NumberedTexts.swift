/// Numbers for texts that come again and again, found by bytes. A bounded number of them: after that, number 0, the empty text.
struct NumberedTexts {
    private var numbers: [[UInt8]: UInt32] = [:]
    private var texts = [""]
    private let maximum: Int
    /// The one asked for last: calls of one place come in rows.
    private var last: (bytes: [UInt8], number: UInt32) = ([], 0)

    init(maximum: Int) { self.maximum = maximum }

    func text(_ number: UInt32) -> String { texts[Int(number)] }

    /// - Parameter text: What the bytes stand for; asked once for each.
    mutating func number(of bytes: UnsafeRawBufferPointer, text: () -> String) -> UInt32 {
        if bytes.isEmpty { return 0 }
        if last.bytes.elementsEqual(bytes) { return last.number }
        let key = Array(bytes)
        if let known = numbers[key] {
            last = (key, known)
            return known
        }
        guard texts.count < maximum else { return 0 }
        let number = UInt32(texts.count)
        texts.append(text())
        numbers[key] = number
        last = (key, number)
        return number
    }
}
