/// What one statement returned, in binary.
package final class Rows: Sendable {
    let handle: ResultHandle

    init(_ handle: consuming ResultHandle) {
        self.handle = handle
    }

    package var count: Int { handle.rowCount }

    /// The rows that an INSERT, UPDATE, DELETE or SELECT touched; 0 for other commands.
    package var affectedRows: Int { handle.affectedRows ?? 0 }
}

extension Rows: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { handle.rowCount }

    package subscript(position: Int) -> Row { Row(rows: self, index: position) }
}
