import PatrolDomain
import PatrolPresentation

extension Model {
    mutating func openViews() -> [Effect] { [] }
}
