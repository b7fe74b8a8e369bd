internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    private static let importLimit = 64 << 20

    func export(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .exportLetters)
        var query = try QueryReader(call.request.query)
        let filter = try LetterFilter { name throws(Problem) in try query.text(name) }
        try query.finish()
        if !call.request.isHead {
            // It holds bodies: without its place in the audit nothing is given out.
            let entry = call.entry(.exportLetters, target: filter.group?.description, details: filter.details)
            _ = try await ask { () async throws(StoreError) in try await audit.append(entry) }
        }
        let first = try await page(filter, nil, call)
        let body = ResponseBody { [self] writer in
            var page = first
            while true {
                for letter in page.letters {
                    try await writer.write(ByteBuffer(bytes: codec.encode(letter) + [UInt8(ascii: "\n")]))
                }
                guard let next = page.next else { break }
                page = try await self.page(filter, next, call)
            }
            try await writer.finish(nil)
        }
        let fields: HTTPFields = [
            .contentType: "application/x-ndjson",
            .contentDisposition: "attachment; filename=\"dead-letters.ndjson\"",
        ]
        return ConsoleAnswer(.ok, fields: fields, body: body)
    }

    private func page(
        _ filter: LetterFilter,
        _ position: LetterPosition?,
        _ call: Call
    ) async throws(Problem) -> LetterPage<KeptLetter> {
        try await ask { () async throws(StoreError) in
            try await letters.letters(filter, within: call.reach, after: position, limit: 500)
        }
    }

    func importLetters(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.edit, call, .importLetters)
        let bytes = try await call.request.bytes(of: "application/x-ndjson", limit: Self.importLimit)
        var arrived: [ArrivedLetter] = []
        var refused: [JSONValue] = []
        // Empty lines say nothing, but count.
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            do throws(Refusal) {
                let letter = try codec.decode(Array(line))
                // A drained letter may have no proven sender: it comes back to no tenant, as it would from the queue.
                guard letter.caller == nil || call.reach.includes(letter.caller?.tenant) else {
                    throw Refusal(.validationFailed, "the caller must be of a tenant that you look after")
                }
                arrived.append(letter)
            } catch {
                let reason = error.details.first.map { "\($0.field) \($0.message)" } ?? error.message
                refused.append(["line": .number(index + 1), "reason": .text(reason)])
            }
        }
        var new = 0
        for start in stride(from: 0, to: arrived.count, by: 200) {
            let batch = Array(arrived[start..<min(start + 200, arrived.count)])
            let entry = call.entry(.importLetters, details: [AuditDetail("letters", "\(batch.count)")])
            new += try await ask { () async throws(StoreError) in
                try await letters.importLetters(batch, at: call.now, audit: entry)
            }
        }
        return ConsoleAnswer([
            "imported": .number(new),
            "duplicates": .number(arrived.count - new),
            "refused": .array(refused),
        ])
    }
}
