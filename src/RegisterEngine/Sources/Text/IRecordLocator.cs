using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Text;

/// <summary>Finds the records of a block and the offsets of their fields.</summary>
internal interface IRecordLocator
{
    /// <summary>Offsets a record in a <see cref="FieldTable"/>.</summary>
    int Stride { get; }

    /// <summary>Finds the next records that are sound as a whole, as many as there is room for.</summary>
    /// <param name="block">The block.</param>
    /// <param name="from">Offset of the first record.</param>
    /// <param name="offsets">Room for the offsets of <c>MostRows</c> records and what the search needs beyond.</param>
    /// <param name="next">Offset of the record after the last one found.</param>
    FieldTable Find(TextBlock block, int from, Span<int> offsets, out int next);

    /// <summary>What is wrong with the record at an offset, where <see cref="Find"/> found none; and where the next one begins.</summary>
    /// <returns>The reason and what was expected; null where the line is blank.</returns>
    (RejectReason Reason, string Expected)? Explain(TextBlock block, int from, out int next);
}
