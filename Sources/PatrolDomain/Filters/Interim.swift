package struct FilterFault: Error, Hashable, Sendable {
    package let place: Int
}
extension Filter {
    package init(parsing text: String, for list: List) throws(FilterFault) {
        if text.contains("?") { throw FilterFault(place: 0) }
        self.init(terms: text.split(separator: " ").map { Term(.text(String($0))) })
    }
}
