/// Why a filter as typed can't be understood. The words stand in PatrolPresentation.
package struct FilterFault: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// Longer than this many Unicode scalars.
        case tooLong(limit: Int)
        case tooManyTerms(limit: Int)
        /// A quotation mark without its second.
        case unclosedQuote
        /// `!` with nothing behind it.
        case nothingExcluded
        /// The list has no such field; those that it has.
        case unknownField(String, known: [String])
        /// `field:` with nothing behind it.
        case missingValue(field: String)
        /// The field has no such value; those that it has.
        case unknownValue(String, field: String, known: [String])
        /// The field wants `>` or `<` and a length of time, such as `unused>90d`.
        case wantsComparison(field: String)
        /// The field wants `:` and a value, such as `owner:kim`.
        case wantsValue(field: String)
        /// It looks like a condition in other words; how it is written here.
        case meant(String)
        /// `OR`, `AND` and `NOT` are no words of the language: all terms have to hold.
        case joining(String)
        /// Not a number and one of `h d w m y`.
        case badTimeSpan(String)
        /// More than 100 years.
        case timeSpanTooLong(String)
    }

    /// How many Unicode scalars stand before the fault.
    package let place: Int
    package let reason: Reason

    package init(_ reason: Reason, at place: Int) {
        self.reason = reason
        self.place = place
    }
}
