/// What the people and tokens of a made-up account are called.
enum DemoWords {
    static let firstNames = [
        "Ada", "Kim", "Ines", "Noor", "Jonas", "Mara", "Tomás", "Yuki", "Leila", "Piet", "Sofia", "Amir",
        "Greta", "Hugo", "Anouk", "Ravi", "Zoë", "Elif", "Mateo", "Freya", "Ossian", "Chidi", "Lena", "Bao",
        "Nadia", "Viktor", "Salma", "Emil", "Priya", "Caleb", "Ingrid", "Dario", "Hana", "Luca", "Mei", "Stellan",
    ]
    static let lastNames = [
        "Berg", "Okafor", "Roth", "Silva", "Tanaka", "Novak", "Haddad", "de Vries", "Lindqvist", "Moreau",
        "Kaya", "Petrov", "Nguyen", "Weiss", "Costa", "Iyer", "Larsen", "Adeyemi", "Fischer", "Romano",
        "Sato", "Dubois", "Kowalski", "Ferreira", "Mbeki", "Hansen", "Yılmaz", "Orlov", "Bianchi", "Chen",
    ]
    /// A token's name, what it is for, and what it calls.
    static let uses: [(name: String, purpose: String, actions: [String])] = [
        ("nightly export", "copies flags to the warehouse", ["viewProject"]),
        ("ci checkout toggle", "switches the checkout flag in staging", ["viewProject", "updateOn"]),
        ("terraform", "keeps projects and environments as code", ["viewProject", "createEnvironment", "updateTags"]),
        ("slack bot", "posts flag changes to #releases", ["viewProject"]),
        ("release train", "rolls flags out on Tuesdays", ["viewProject", "updateOn", "updateRules", "updateFallthrough"]),
        ("stale flag sweeper", "archives flags nobody evaluates", ["viewProject", "updateGlobalArchived", "updateTags"]),
        ("grafana dashboard", "counts flags per team", ["viewProject"]),
        ("relay proxy", "reads the state of flags at the edge", ["viewProject"]),
        ("incident switch", "turns features off during incidents", ["viewProject", "updateOn"]),
        ("data science notebook", "reads experiment results", ["viewProject"]),
        ("segment sync", "keeps beta segments current", ["viewProject", "updateIncluded", "updateExcluded"]),
        ("mobile build", "creates flags for new screens", ["viewProject", "createFlag", "updateName"]),
        ("code references", "finds flags in the source", ["viewProject", "updateCodeRefsRepositoryBranches"]),
        ("qa environment reset", "restores test data every morning", ["viewProject", "updateOn", "updateTargets"]),
        ("vendor audit", "read access for the yearly audit", ["viewProject"]),
        ("support console", "shows customers' flags to support", ["viewProject"]),
    ]
    /// What calls on behalf of tokens of this name; of another name, the last.
    static let clients = [
        "terraform": "terraform", "ci": "github-actions", "release": "github-actions", "mobile": "fastlane",
        "slack": "node-fetch", "relay": "relay-proxy", "grafana": "grafana", "data": "python-requests", "": "curl",
    ]
    static let projectFlags = ["checkout-v2", "dark-mode", "new-search", "beta-banner", "price-test"]
    static let unclearNames = ["test", "tmp", "foo", "new token", "asdf", "token", "x1"]
    static let environments = ["production", "staging", "test"]
    static let projects = ["web", "mobile", "billing", "platform", "data"]
    static let flagReasons = [
        "nobody answers for it", "unused since spring", "replaced by a narrower one", "account-wide", "left over from a trial",
    ]
    static let comments = ["", "", "", "", "quarterly review", "INC-2041", "asked for in #platform", "cleanup", "new on the team"]
    /// Documentation networks (RFC 5737).
    static let networks = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]
}
