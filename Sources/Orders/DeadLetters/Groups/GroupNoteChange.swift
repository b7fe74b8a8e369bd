/// What an operator changes about a group's note; what is `nil` stays as it is, so that nobody undoes another's hold
/// without saying so.
package struct GroupNoteChange: Sendable, Hashable {
    /// An empty text takes it away, here and in the next two.
    package var text: String?
    package var owner: String?
    package var ticket: String?
    package var isOnHold: Bool?

    package init(text: String? = nil, owner: String? = nil, ticket: String? = nil, isOnHold: Bool? = nil) {
        self.text = text
        self.owner = owner
        self.ticket = ticket
        self.isOnHold = isOnHold
    }

    package var isEmpty: Bool { self == GroupNoteChange() }

    package func applied(to note: GroupNote) -> GroupNote {
        func new(_ text: String?, _ old: String?) -> String? {
            let text = text ?? old
            return text?.isEmpty == true ? nil : text
        }
        return GroupNote(
            text: new(text, note.text),
            owner: new(owner, note.owner),
            ticket: new(ticket, note.ticket),
            isOnHold: isOnHold ?? note.isOnHold
        )
    }
}
