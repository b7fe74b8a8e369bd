/// What a replay would do, had it been ordered at this moment.
package struct ReplayPreview: Sendable, Hashable {
    /// Letters that would be sent.
    package let count: Int
    package let leftOut: LeftOut
    /// Letters without a caller, which could be sent on nobody's behalf: part of ``count``, and certain to fail.
    package let withoutCaller: Int
    /// In whose tenants' name how many would be sent: the largest first, at most ``tenantLimit`` of them.
    package let tenants: [TenantCount]
    package let sample: [LetterEntry]

    package static let tenantLimit = 100

    /// Letters that were meant and would not be sent.
    package struct LeftOut: Sendable, Hashable {
        package var onHold = 0
        /// In a replay that has not ended with them.
        package var replaying = 0
        /// Replayed or discarded.
        package var settled = 0
        /// Named, and not there, or another tenant's.
        package var unknown = 0

        package init() {}

        package var total: Int { onHold + replaying + settled + unknown }
    }

    package struct TenantCount: Sendable, Hashable {
        package let tenant: String
        package let count: Int

        package init(tenant: String, count: Int) {
            self.tenant = tenant
            self.count = count
        }
    }

    package init(count: Int, leftOut: LeftOut, withoutCaller: Int, tenants: [TenantCount], sample: [LetterEntry]) {
        self.count = count
        self.leftOut = leftOut
        self.withoutCaller = withoutCaller
        self.tenants = tenants
        self.sample = sample
    }
}
