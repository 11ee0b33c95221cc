@testable import PatrolDomain
import Testing

/// Policies written short: `A updateOn|updateTags @ !proj/a:env/* + proj/b`. `A` allows and `D` denies,
/// `!` turns a list into its not-form, actions are joined by `|` and resources by ` + `.
func policy(_ lines: [String]) throws -> Policy {
    Policy(statements: try lines.map(statement))
}

func statement(_ line: String) throws -> Statement {
    let head = line.prefix(2)
    let sides = line.dropFirst(2).split(separator: " @ ").map(String.init)
    try #require(sides.count == 2 && (head == "A " || head == "D "), "`\(line)` is not a statement")
    let actions = try list(sides[0], separator: "|") { try ActionPattern(parsing: $0) }
    let resources = try list(sides[1], separator: " + ") { try ResourcePattern(parsing: $0) }
    return Statement(head == "A " ? .allow : .deny, actions: actions, resources: resources)
}

private func list<Pattern>(
    _ text: String, separator: String, parse: (String) throws -> Pattern
) throws -> Selection<Pattern> {
    let isNegated = text.hasPrefix("!")
    let patterns = try (isNegated ? String(text.dropFirst()) : text).split(separator: separator)
        .map { try parse(String($0)) }
    return isNegated ? .notMatching(patterns) : .matching(patterns)
}

func request(_ action: String, _ resource: String) throws -> Request {
    Request(Action(action), on: try Resource(parsing: resource))
}

/// The authority of one role, as the member `self` holds it.
func holding(_ lines: [String], _ base: BasePermissions, attributes: RoleAttributes = [:]) throws -> Authority {
    let name = GrantName("role", source: .customRole)
    let grant = Grant(name, policy: try policy(lines), basePermissions: base, attributes: attributes)
    return Authority(grants: [grant], holder: MemberID("self"))
}

let start = Timestamp(milliseconds: 1_700_000_000_000)

func memberID(_ text: String) throws -> MemberID { try #require(MemberID(text)) }

func role(
    _ key: String, _ lines: [String], _ base: BasePermissions = .noAccess, isDeleted: Bool = false
) throws -> Role {
    Role(
        id: try #require(RoleID("id-\(key)")), key: try #require(Key(key)), name: key, basePermissions: base,
        policy: try policy(lines), createdAt: start, deletedAt: isDeleted ? start : nil)
}

func member(
    _ base: BaseRole, _ roles: [Role] = [], id: String = "kim", attributes: RoleAttributes = [:],
    isPending: Bool = false, removedAt: Timestamp? = nil
) throws -> Member {
    Member(
        id: try memberID(id), email: "\(id)@example.org", baseRole: base, customRoles: roles.map(\.id),
        roleAttributes: attributes, isPending: isPending, createdAt: start, removedAt: removedAt)
}

func team(_ key: String, of members: [Member], _ roles: [Role], attributes: RoleAttributes = [:]) throws -> Team {
    Team(
        key: try #require(Key(key)), name: key, members: members.map(\.id), customRoles: roles.map(\.id),
        roleAttributes: attributes)
}

func byID(_ roles: [Role]) -> [RoleID: Role] {
    Dictionary(roles.map { ($0.id, $0) }) { first, _ in first }
}
