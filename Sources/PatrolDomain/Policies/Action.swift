/// The name of an action, such as `updateOn`: case sensitive.
package struct Action: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }

    package var description: String { name }

    /// Whether it only looks: `view`, or `view` and what is viewed, such as `viewProject`.
    package var isView: Bool {
        let name = name.utf8Span.span
        guard name.count >= 4, name[0] == UInt8(ascii: "v"), name[1] == UInt8(ascii: "i"),
            name[2] == UInt8(ascii: "e"), name[3] == UInt8(ascii: "w")
        else { return false }
        return name.count == 4 || (name[4] >= UInt8(ascii: "A") && name[4] <= UInt8(ascii: "Z"))
    }
}

extension Action {
    /// A call for which any token in force is enough: it is use, and needs no right.
    package static let presentToken = Action("presentToken")

    // The actions of Patrol's own door.
    package static let createMember = Action("createMember")
    package static let deleteMember = Action("deleteMember")
    package static let updateRole = Action("updateRole")
    package static let updateCustomRole = Action("updateCustomRole")
    package static let updateMemberRoleAttributes = Action("updateMemberRoleAttributes")
    package static let updateOrganization = Action("updateOrganization")
    package static let updateAccountOwner = Action("updateAccountOwner")
    package static let createRole = Action("createRole")
    package static let updateName = Action("updateName")
    package static let updateDescription = Action("updateDescription")
    package static let updatePolicy = Action("updatePolicy")
    package static let updateBasePermissions = Action("updateBasePermissions")
    package static let deleteRole = Action("deleteRole")
    package static let createAccessToken = Action("createAccessToken")
    package static let updateAccessTokenName = Action("updateAccessTokenName")
    package static let updateAccessTokenDescription = Action("updateAccessTokenDescription")
    package static let updateAccessTokenPolicy = Action("updateAccessTokenPolicy")
    package static let updateAccessTokenExpiry = Action("updateAccessTokenExpiry")
    package static let resetAccessToken = Action("resetAccessToken")
    package static let deleteAccessToken = Action("deleteAccessToken")
    package static let updateAccountToken = Action("updateAccountToken")
    package static let deleteAccountToken = Action("deleteAccountToken")
    package static let viewProject = Action("viewProject")
}
