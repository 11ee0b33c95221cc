/// Why a request's target is not judged at all: proxies and what stands behind them read it in different ways, so that
/// what is judged could be another thing than what is done.
package enum RequestFault: Hashable, Sendable, CaseIterable {
    case tooLong
    case tooManySegments
    /// `*`, `host:port`, or nothing.
    case notAPath
    /// `http://host/path` with a host that is not the request's.
    case otherHost
    /// A control byte or a blank, raw or encoded.
    case control
    case backslash
    case fragment
    /// `;`, raw or encoded: parameters of a segment, which some take away and others don't.
    case pathParameter
    case encodedSlash
    /// `%3f` or `%23`, which end the path where they are decoded too early.
    case encodedDelimiter
    /// `%` without two hexadecimal digits behind it.
    case badEscape
    /// `%25` and two hexadecimal digits: another thing once it is decoded twice.
    case doubleEncoded
    /// `.` or `..` as a segment, raw or encoded.
    case dotSegment
    /// `..` where nothing is above.
    case aboveRoot
    /// `//`.
    case emptySegment
    case notUTF8
}
