using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Tables;

/// <summary>Writes a table, batch by batch: for one thread.</summary>
public interface ITableWriter : IDisposable
{
    /// <summary>Appends all rows of a batch, whose columns have the names and types that were announced; a text may come as a dictionary of texts instead.</summary>
    /// <exception cref="ArgumentException">The columns are others.</exception>
    void Add(ColumnBatch batch);

    /// <summary>Writes what is left and the end of the table. Without it there is no valid file.</summary>
    void Finish();
}
