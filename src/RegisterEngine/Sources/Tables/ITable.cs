using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Tables;

/// <summary>An opened file of a format that stores columns. It hands out pieces of rows, each to one reader, so that any number of threads can read it.</summary>
public interface ITable : IDisposable
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>The columns that are read.</summary>
    BatchSchema Schema { get; }

    /// <summary>What the file says about itself.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    /// <summary>Bytes read so far.</summary>
    long BytesRead { get; }

    /// <summary>A reader for one thread.</summary>
    ITableReader NewReader();
}

/// <summary>Reads pieces of a table, batch by batch: for one thread. A table with one reader is read from its first row to its last.</summary>
public interface ITableReader : IDisposable
{
    /// <summary>The place of the piece among all of the table, from 0, in the order of rows.</summary>
    int Piece { get; }

    /// <summary>Goes to the next piece that no reader has; false where none is left.</summary>
    /// <exception cref="ExtractException">The file is damaged.</exception>
    bool NextPiece();

    /// <summary>Reads the next rows of the piece; the batch is good until the next read.</summary>
    /// <returns>Null at the end of the piece.</returns>
    /// <exception cref="ExtractException">The file is damaged; the message names the place.</exception>
    ColumnBatch? Read();
}
