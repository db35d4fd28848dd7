using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>
/// Hands tables over to other libraries in the same process by the Arrow C data interface: the consumer gives the address of an empty structure, and releases what it was
/// given when it is done.
/// </summary>
/// <remarks>Apache Arrow, "The Arrow C data interface" and "The Arrow C stream interface". How others import them: <c>docs/arrow.md</c>.</remarks>
public static class ArrowCData
{
    /// <summary>Structures that have been handed over and not been released; for tests of leaks.</summary>
    public static int Alive => CDataExport.Alive;

    /// <summary>Hands over the columns of a batch.</summary>
    /// <param name="schema">Names and types.</param>
    /// <param name="address">Of an <c>ArrowSchema</c>.</param>
    /// <exception cref="NotSupportedException">A column has no type in Arrow.</exception>
    public static void ExportSchema(BatchSchema schema, nint address) => CDataAddress.Fill(CDataNodes.Of(schema), Checked(address));

    /// <summary>Hands over the rows of a batch without a copy: the batch must not be filled again, nor its file closed, before they are released.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="address">Of an <c>ArrowArray</c>.</param>
    /// <exception cref="NotSupportedException">A column has no type in Arrow.</exception>
    public static void ExportBatch(ColumnBatch batch, nint address)
    {
        _ = CDataNodes.Of(batch.Schema);
        CDataAddress.Fill(CDataNodes.Of(batch), Checked(address));
    }

    /// <summary>Hands over a whole table, batch by batch as the consumer asks for them. Each batch has memory of its own; the table is closed with the stream.</summary>
    /// <param name="table">The table; opened without <see cref="TableReadOptions.AllowsCodes"/>, so that all batches have the same columns.</param>
    /// <param name="address">Of an <c>ArrowArrayStream</c>.</param>
    /// <exception cref="ArgumentException">The table was opened with codes.</exception>
    public static void ExportStream(ITable table, nint address)
    {
        if (table.Schema.Fields.Any(field => field.Type.IsCoded))
            throw new ArgumentException("A table that may change its dictionaries from batch to batch cannot be handed over as a stream.", nameof(table));
        CDataAddress.Fill(new TableStream(table), Checked(address));
    }

    private static nint Checked(nint address) => address != 0 ? address : throw new ArgumentNullException(nameof(address));

    private sealed class TableStream(ITable table) : ICStreamSource
    {
        private readonly ITableReader _reader = table.NewReader();
        private bool _isOpen;

        public CSchemaNode Schema => CDataNodes.Of(table.Schema);

        public CArrayNode? Next()
        {
            while (true)
            {
                _isOpen = _isOpen || _reader.NextPiece();
                if (!_isOpen)
                    return null;
                if (_reader.Read() is { } batch)
                    return CDataNodes.Of(Copy(batch));
                _isOpen = false;
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            table.Dispose();
        }

        // The reader fills its memory again; and only columns of the table's own types come here.
        private ColumnBatch Copy(ColumnBatch batch)
        {
            var columns = new Column[batch.Schema.Fields.Count];
            for (int i = 0; i < columns.Length; i++)
                columns[i] = ColumnJoin.Of(batch[i], batch.Rows, new Column(batch[i].Field, 0), 0, table.Schema.Fields[i]);
            return new ColumnBatch(table.Schema, columns, batch.Rows);
        }
    }
}
