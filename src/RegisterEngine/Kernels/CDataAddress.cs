namespace RegisterEngine.Kernels;

/// <summary>Fills structures of the Arrow C data interface at addresses that a consumer gave.</summary>
internal static unsafe class CDataAddress
{
    /// <summary>Fills a schema structure.</summary>
    public static void Fill(CSchemaNode node, nint schema) => CDataExport.Fill(node, (CArrowSchema*)schema);

    /// <summary>Fills an array structure.</summary>
    public static void Fill(CArrayNode node, nint array) => CDataExport.Fill(node, (CArrowArray*)array);

    /// <summary>Fills a stream structure.</summary>
    public static void Fill(ICStreamSource source, nint stream) => CDataExport.Fill(source, (CArrowStream*)stream);
}
