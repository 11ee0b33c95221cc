package import PatrolDomain

/// Where the command line reads and writes: the process's descriptors, or, in a test, memory.
package struct Console {
    /// At most so many bytes of standard input; none at its end.
    package var read: (Int) -> [UInt8]
    /// Writes everything to standard output, or tells the `errno`.
    package var write: ([UInt8]) -> Int32
    package var complain: ([UInt8]) -> Void
    package var isInputTerminal: Bool
    package var isOutputTerminal: Bool
    /// Whether whoever reads the errors sees a line that is written over.
    package var isErrorTerminal: Bool
    /// Of the window, where standard output is one.
    package var columns: Int
    package var environment: (String) -> String?
    package var now: () -> Timestamp
    /// Reads a line from the terminal without showing it.
    package var readHidden: () -> [UInt8]
    /// Waits until the descriptor is readable, or for so many milliseconds; false when nobody reads standard
    /// output any more.
    package var wait: (_ descriptor: Int32, _ milliseconds: Int32) -> Bool
    /// From now on Ctrl-C and SIGTERM end nothing by themselves: `isStopAsked` tells of them.
    package var watchStops: () -> Void
    package var isStopAsked: () -> Bool
    /// They end the process again.
    package var forgetStops: () -> Void
    /// The keys of the screen that this console belongs to, for the manual.
    package var keys: () -> [ManualTopic]

    package init(
        read: @escaping (Int) -> [UInt8], write: @escaping ([UInt8]) -> Int32,
        complain: @escaping ([UInt8]) -> Void, isInputTerminal: Bool = false,
        isOutputTerminal: Bool = false, isErrorTerminal: Bool = false, columns: Int = 80,
        environment: @escaping (String) -> String? = { _ in nil }, now: @escaping () -> Timestamp,
        readHidden: @escaping () -> [UInt8] = { [] },
        wait: @escaping (Int32, Int32) -> Bool = { _, _ in false },
        watchStops: @escaping () -> Void = {}, isStopAsked: @escaping () -> Bool = { false },
        forgetStops: @escaping () -> Void = {},
        keys: @escaping () -> [ManualTopic] = { [] }
    ) {
        self.read = read
        self.write = write
        self.complain = complain
        self.isInputTerminal = isInputTerminal
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.columns = columns
        self.environment = environment
        self.now = now
        self.readHidden = readHidden
        self.wait = wait
        self.watchStops = watchStops
        self.isStopAsked = isStopAsked
        self.forgetStops = forgetStops
        self.keys = keys
    }
}
