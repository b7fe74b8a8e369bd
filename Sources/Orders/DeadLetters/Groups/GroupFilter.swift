/// Which groups to list; everything that is set must fit.
package struct GroupFilter: Sendable, Hashable {
    package var id: GroupID?
    package var command: String?
    package var code: String?
    package var reason: FailureReason?
    package var tenant: String?
    package var isOnHold: Bool?
    /// Only groups with letters of this state.
    package var state: LetterState?
    /// Occurs in the code or the pattern of the error, in either case of ASCII letters.
    package var text: String?
    /// Only groups with letters that wait or are being replayed.
    package var isOpen: Bool
    /// Hours of inflow to count, the current one included.
    package var inflowHours: Int
    /// Only groups behind this one.
    package var after: GroupPosition?
    package var limit: Int

    package static let inflowHourLimit = 24 * 7
    package static let limits = 1...1000

    package init(
        id: GroupID? = nil,
        command: String? = nil,
        code: String? = nil,
        reason: FailureReason? = nil,
        tenant: String? = nil,
        isOnHold: Bool? = nil,
        state: LetterState? = nil,
        text: String? = nil,
        isOpen: Bool = false,
        inflowHours: Int = 24,
        after: GroupPosition? = nil,
        limit: Int = 200
    ) {
        self.id = id
        self.command = command
        self.code = code
        self.reason = reason
        self.tenant = tenant
        self.isOnHold = isOnHold
        self.state = state
        self.text = text
        self.isOpen = isOpen
        self.inflowHours = inflowHours
        self.after = after
        self.limit = limit
    }
}
