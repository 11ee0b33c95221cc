import PatrolDomain

extension FilterFault {
    /// What is wrong, with the term it is wrong in.
    func words(in text: String) -> String { "\(reason) at character \(place + 1)" }
}
