import Orders
import Testing

@Suite struct GroupPositionTests {
    private let position = GroupPosition(
        keptCount: 1234,
        lastSeenAt: Timestamp(milliseconds: 1_800_000_000_000),
        id: GroupID(bits: 7)
    )

    @Test func cursorIsReadBack() {
        #expect(GroupPosition(position.description) == position)
    }

    @Test func whatIsNoCursorIsRefused() {
        let id = GroupID(bits: 7)
        for text in [
            "", "0", "--", "-1-0-\(id)", "0-zzzzzzzzzzzzz-\(id)", "zzzzzzzzz-0-\(id)", "0-0-\(id)-", "0-0-dg_",
        ] {
            #expect(GroupPosition(text) == nil, "\(text)")
        }
    }
}
