using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources;

/// <summary>Formats that store columns.</summary>
public enum TableKind
{
    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>Arrow IPC, as a file or as a stream.</summary>
    Arrow,
}

/// <summary>Tells tables from texts, by what they begin with.</summary>
internal static class ExtractFormats
{
    /// <summary>Endings of names of files that hold tables.</summary>
    public static readonly string[] Extensions = [".parquet", ".arrow", ".arrows", ".feather", ".ipc"];

    private const int MagicBytes = 8;

    /// <summary>Whether an input is a table, not text; which it was said to be, or begins as.</summary>
    /// <exception cref="ExtractException">It cannot be opened.</exception>
    public static bool IsTable(ExtractInput input) => KindOf(input) is not null;

    /// <summary>Opens a table.</summary>
    /// <exception cref="ExtractException">It cannot be opened or is damaged.</exception>
    public static ITable Open(ExtractInput input, TableReadOptions options)
    {
        TableKind? kind = KindOf(input);
        if (kind == TableKind.Parquet && !input.IsPlain)
            throw new ExtractException(input.Name, "is a Parquet file within another file or a stream, which cannot be read; unpack it first.");
        try
        {
            return kind == TableKind.Parquet ? ParquetTable.Open(input.Path!, options)
                : input.IsPlain ? ArrowTable.Open(input.Path!, options)
                : ArrowTable.Open(input.Name, input.OpenStream(), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExtractException(input.Name, $"cannot be opened: {e.Message}", e);
        }
    }

    private static TableKind? KindOf(ExtractInput input)
    {
        if (input.Kind is { } said || input.Path is null)
            return input.Kind;
        Span<byte> magic = stackalloc byte[MagicBytes];
        try
        {
            magic = magic[..input.ReadStart(magic)];
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // Whoever reads it will find the same, and say so.
            return null;
        }
        if (magic.StartsWith("FEA1"u8))
            throw new ExtractException(input.Name, "is a Feather file of version 1, which is not read; write it again in version 2 (Arrow).");
        bool isStream = magic.StartsWith(stackalloc byte[] { 0xFF, 0xFF, 0xFF, 0xFF }) || IsOldStream(magic);
        return magic.StartsWith("PAR1"u8) || magic.StartsWith("PARE"u8) ? TableKind.Parquet
            : magic.StartsWith("ARROW1"u8) || isStream ? TableKind.Arrow
            : !IsNamedTable(input.Name) ? null
            : throw new ExtractException(input.Name, $"is called a table, and is no {Path.GetExtension(input.Name)[1..]} file: it is damaged, or another format.");
    }

    private static bool IsNamedTable(string name) => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    // Streams of old writers begin with the length of the first message; then comes where in it its root lies, near its beginning. No text has such zeros, UTF-16 neither.
    private static bool IsOldStream(ReadOnlySpan<byte> magic) => magic.Length == MagicBytes && magic[3] == 0 && magic[4] > 0 && !magic[5..].ContainsAnyExcept((byte)0);
}
