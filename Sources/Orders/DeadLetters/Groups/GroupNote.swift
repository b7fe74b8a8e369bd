/// What operators wrote on a group.
package struct GroupNote: Sendable, Hashable {
    /// At most ``textLimit`` characters.
    package var text: String?
    /// Who looks after it.
    package var owner: String?
    /// A link or number in a tracker; shown as text unless it is an `https` link.
    package var ticket: String?
    /// Its letters are in no replay until this is lifted.
    package var isOnHold: Bool

    package static let textLimit = 4000
    package static let nameLimit = 200

    package init(text: String? = nil, owner: String? = nil, ticket: String? = nil, isOnHold: Bool = false) {
        self.text = text
        self.owner = owner
        self.ticket = ticket
        self.isOnHold = isOnHold
    }
}
