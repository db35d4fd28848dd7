namespace RegisterEngine.Columns;

/// <summary>Takes rows out of a batch, in place.</summary>
internal static class RowChoice
{
    /// <summary>Keeps some rows and forgets the others.</summary>
    /// <param name="batch">A batch whose columns are of 32 or 64 bits, or texts.</param>
    /// <param name="rows">The rows to keep, rising.</param>
    public static void Keep(ColumnBatch batch, ReadOnlySpan<int> rows)
    {
        if (rows.Length == batch.Rows)
            return;
        for (int i = 0; i < batch.Schema.Fields.Count; i++)
        {
            Column column = batch[i];
            if (column.NullCount > 0)
                KeepValidity(column, rows, batch.Rows);
            if (column.Field.Type.HasOffsets)
                KeepTexts(column, rows);
            else if (column.Field.Type.Width == sizeof(int))
                KeepValues(column.As<int>(), rows);
            else
                KeepValues(column.As<long>(), rows);
        }
        batch.SetRows(rows.Length);
    }

    // A kept row never moves back, so what is still to be moved is never written over.
    private static void KeepValues<T>(Span<T> values, ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < rows.Length; i++)
            values[i] = values[rows[i]];
    }

    private static void KeepTexts(Column column, ReadOnlySpan<int> rows)
    {
        Span<int> ends = column.As<int>();
        Span<byte> texts = column.Data.Span;
        int end = ends[0];
        for (int i = 0; i < rows.Length; i++)
        {
            (int from, int to) = (ends[rows[i]], ends[rows[i] + 1]);
            texts[from..to].CopyTo(texts[end..]);
            ends[i] = end;
            end += to - from;
        }
        ends[rows.Length] = end;
    }

    private static void KeepValidity(Column column, ReadOnlySpan<int> rows, int all)
    {
        for (int i = 0; i < rows.Length; i++)
            if (column.IsNull(rows[i]))
                column.SetNull(i);
            else
                column.SetValue(i);
        column.SetValues(rows.Length, all - rows.Length);
    }
}
