using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Publication.Evaluations;

/// <summary>Writes the tables of an evaluation to files.</summary>
public static class EvaluationWriter
{
    /// <summary>Writes each table in each of some formats.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="formats">The formats.</param>
    /// <param name="folder">Where to; made if it is not there.</param>
    public static void Write(IReadOnlyList<OutputTable> tables, IReadOnlyList<TableFormat> formats, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (OutputTable table in tables)
            foreach (TableFormat format in formats)
            {
                using FileStream file = File.Create(Path.Combine(folder, table.Name + TableWriter.Extension(format)));
                TableWriter.Write(table, format, file);
            }
    }
}
