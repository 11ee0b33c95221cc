import PatrolTestSupport
import Testing

/// Over SSH each byte counts, and a frame that nobody saw is wasted.
@Suite struct `What is sent to the terminal` {
    let account: TestAccount

    init() throws { account = try TestAccount.madeUp(members: 20, tokens: 300, entries: 400) }

    /// The bytes of each of so many Down keys, pressed one by one in the list of the tokens.
    private func steps(_ count: Int, in patrol: TerminalProgram) throws -> [Int] {
        try patrol.waitForAccount()
        patrol.type("3")
        patrol.waitForQuiet()
        return try (2..<(2 + count)).map { place in
            let before = patrol.byteCount
            patrol.press(.down)
            // The place is told in the same frame; the detail comes later, when the cursor rests.
            try patrol.waitFor(text: " \(place) of ")
            return patrol.byteCount - before
        }
    }

    @Test func `a step of the cursor is at most 400 bytes where the list has the screen`() throws {
        let patrol = try account.open(size: .small)
        let bytes = try steps(40, in: patrol).sorted()
        // Now and then a key in the bottom line starts or stops being possible, too.
        #expect(bytes[bytes.count * 9 / 10] <= 400, "\(bytes)")
        #expect((bytes.last ?? 0) <= 600, "\(bytes)")
        try patrol.quit()
    }

    @Test func `a step of the cursor is at most 400 bytes beside a detail`() throws {
        let patrol = try account.open(size: .middle)
        let bytes = try steps(40, in: patrol).sorted()
        #expect(bytes[bytes.count / 2] <= 400, "\(bytes)")
        try patrol.quit()
    }

    @Test func `a hundred keys at once send no more than ten steps`() throws {
        let patrol = try account.open(size: .small)
        let step = try steps(9, in: patrol).sorted()[4]
        patrol.waitForQuiet()
        let before = patrol.byteCount
        patrol.send([UInt8](repeating: UInt8(ascii: "j"), count: 100))
        try patrol.waitFor(text: " 110 of ")
        patrol.waitForQuiet()
        #expect(patrol.byteCount - before <= 10 * step, "\(step) bytes a step")
        try patrol.quit()
    }
}
