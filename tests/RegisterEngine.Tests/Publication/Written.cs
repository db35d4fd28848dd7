using System.Text;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Tests.Publication;

/// <summary>Tables as they are written.</summary>
internal static class Written
{
    public static byte[] Bytes(OutputTable table, TableFormat format)
    {
        using var target = new MemoryStream();
        TableWriter.Write(table, format, target);
        return target.ToArray();
    }

    public static string Text(OutputTable table, TableFormat format) => Encoding.UTF8.GetString(Bytes(table, format));

    public static string Text(IReadOnlyList<OutputTable> tables, TableFormat format)
    {
        using var target = new MemoryStream();
        TableWriter.Write(tables, format, target);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    /// <summary>Lines without their ends; the last end is not the beginning of another line.</summary>
    public static string[] Lines(OutputTable table, TableFormat format) =>
        Text(table, format).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
