import PatrolScreen

/// The themes that there are.
struct ThemeShelf {
    let current: String

    var names: [String] { [Theme.standard.name] }

    func theme(named name: String) -> Theme? { name == Theme.standard.name ? .standard : nil }
}
