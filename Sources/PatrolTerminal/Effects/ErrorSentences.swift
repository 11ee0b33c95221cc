import PatrolOperations
import PatrolPresentation

extension PatrolError {
    /// What went wrong, in one line.
    var sentence: String { words(refusal: \.sentence.text) }
}
