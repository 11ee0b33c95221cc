package import PatrolDomain

extension FilterFault {
    package var sentence: SafeText { "this filter can't be understood" }
}
