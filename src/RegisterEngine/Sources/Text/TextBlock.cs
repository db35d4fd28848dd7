using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Text;

/// <summary>A piece of an extract that holds whole records, in memory that a reader owns and a feed fills.</summary>
internal sealed class TextBlock(int size)
{
    /// <summary>Bytes of a block: the text, its line ends and the record that is cut stay in the second-level cache of a core.</summary>
    public const int UsualSize = 512 << 10;

    /// <summary>Where records begin; the bytes before it are padding.</summary>
    public const int Origin = FieldTable.Padding;

    // Aligned, so that the scan for field ends reads whole cache lines.
    private readonly Memory<byte> _memory = Buffers.Allocate(Origin + size + 1 + FieldTable.Padding);

    /// <summary>The text with its padding.</summary>
    public Span<byte> Bytes => _memory.Span;

    /// <summary>Bytes of text that it has room for.</summary>
    public int Size { get; } = size;

    /// <summary>Offset after the last record.</summary>
    public int End { get; set; }

    /// <summary>Place of the block among those of its extract, from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>Whether there is a quote in it.</summary>
    public bool HasQuotes { get; set; }

    /// <summary>The block holds one line that is no record: why.</summary>
    public RejectReason? Broken { get; set; }

    /// <summary>Room for the text.</summary>
    public Span<byte> Room => Bytes.Slice(Origin, Size);
}
