/// One respect in which a broker is not as defined.
package struct TopologyDifference: Sendable, Equatable {
    package enum Finding: Sendable, Equatable {
        /// The broker does not have it.
        case missing
        /// The broker has it otherwise, and it can be changed.
        case different
        /// The broker has it otherwise, and it can only be deleted and made anew.
        case fixed
        /// The broker has it and should not.
        case extra
        /// Another policy keeps ours from having effect.
        case shadowed
        /// An operator policy sets something else.
        case overruled
    }

    package let finding: Finding
    /// As it is to be; for ``Finding/extra``, as it was found.
    package let subject: TopologySubject
    /// In what it differs, for people.
    package let detail: String

    package init(_ finding: Finding, _ subject: TopologySubject, detail: String = "") {
        self.finding = finding
        self.subject = subject
        self.detail = detail
    }

    /// Whether `topology apply` can set it right by making or changing something of ours.
    package var isApplicable: Bool { finding == .missing || finding == .different }
}
