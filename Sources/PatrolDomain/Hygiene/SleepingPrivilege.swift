/// Looks for a request that a token's scope allows and the person behind it may not make.
///
/// Exact between base roles; otherwise what it finds is so, and what it does not find may still be there.
struct SleepingPrivilege {
    let scope: Authority
    let behind: Authority
    let catalogue: Catalogue

    func witness() -> Request? {
        if behind.surelyCovers(scope) { return nil }
        return WitnessSearch(allowing: [scope], narrowing: [behind], catalogue: catalogue)
            .first(allowedBy: { scope.decide($0).isAllowed }, deniedBy: { !behind.decide($0).isAllowed })
    }
}
