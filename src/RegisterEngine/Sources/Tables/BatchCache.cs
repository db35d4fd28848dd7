using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Tables;

/// <summary>Makes batches of columns that may come as dictionaries now and then; schemas are made once for each combination.</summary>
internal sealed class BatchCache(BatchSchema schema)
{
    private BatchSchema _schema = schema;

    /// <summary>A batch of columns.</summary>
    public ColumnBatch Of(IReadOnlyList<Column> columns, int rows)
    {
        for (int i = 0; i < columns.Count; i++)
            if (!ReferenceEquals(columns[i].Field, _schema.Fields[i]))
            {
                _schema = new BatchSchema([.. columns.Select(column => column.Field)]);
                break;
            }
        return new ColumnBatch(_schema, columns, rows);
    }
}
