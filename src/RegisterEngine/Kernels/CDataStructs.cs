using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>The structure by which the type of a column is handed over.</summary>
/// <remarks>Apache Arrow, "The Arrow C data interface".</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CArrowSchema
{
    public byte* Format;
    public byte* Name;
    public byte* Metadata;
    public long Flags;
    public long ChildCount;
    public CArrowSchema** Children;
    public CArrowSchema* Dictionary;
    public delegate* unmanaged[Cdecl]<CArrowSchema*, void> Release;
    public void* PrivateData;
}

/// <summary>The structure by which the values of a column are handed over.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CArrowArray
{
    public long Length;
    public long NullCount;
    public long Offset;
    public long BufferCount;
    public long ChildCount;
    public void** Buffers;
    public CArrowArray** Children;
    public CArrowArray* Dictionary;
    public delegate* unmanaged[Cdecl]<CArrowArray*, void> Release;
    public void* PrivateData;
}

/// <summary>The structure by which batches are handed over one after the other.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CArrowStream
{
    public delegate* unmanaged[Cdecl]<CArrowStream*, CArrowSchema*, int> GetSchema;
    public delegate* unmanaged[Cdecl]<CArrowStream*, CArrowArray*, int> GetNext;
    public delegate* unmanaged[Cdecl]<CArrowStream*, byte*> GetLastError;
    public delegate* unmanaged[Cdecl]<CArrowStream*, void> Release;
    public void* PrivateData;
}

/// <summary>What a schema structure is filled with.</summary>
internal sealed record CSchemaNode(string Format, string Name, long Flags, IReadOnlyList<CSchemaNode> Children, CSchemaNode? Dictionary = null);

/// <summary>What an array structure is filled with; null stands for a buffer that is not there.</summary>
internal sealed record CArrayNode(
    long Length, long NullCount, IReadOnlyList<ReadOnlyMemory<byte>?> Buffers, IReadOnlyList<CArrayNode> Children, CArrayNode? Dictionary = null);

/// <summary>What a stream structure calls.</summary>
internal interface ICStreamSource : IDisposable
{
    /// <summary>The columns.</summary>
    CSchemaNode Schema { get; }

    /// <summary>The next batch; null at the end.</summary>
    CArrayNode? Next();
}
