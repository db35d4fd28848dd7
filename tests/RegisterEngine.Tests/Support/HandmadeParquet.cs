using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Tests.Support;

/// <summary>Parquet files of one column and one row group, byte by byte, for what no writer at hand writes.</summary>
internal sealed record HandmadeParquet(PhysicalType Physical, int Rows)
{
    private const int Start = 4;

    /// <summary>Where the first page is said to begin.</summary>
    public int FirstPage { get; init; } = Start;

    /// <summary>Bytes of a value of fixed length.</summary>
    public int Width { get; init; }

    /// <summary>Number of the codec.</summary>
    public int Codec { get; init; }

    /// <summary>Whether rows may lack a value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>What wrote the file.</summary>
    public string CreatedBy { get; init; } = "hand";

    /// <summary>Bytes that the size of the column is said to be too small.</summary>
    public int LeftOut { get; init; }

    /// <summary>A dictionary page.</summary>
    public static byte[] Dictionary(int values, byte[] body) => Page(2, 7, values, 0, body, body.Length);

    /// <summary>A data page of version 1.</summary>
    public static byte[] Data(int values, ParquetEncoding encoding, byte[] body, int? uncompressed = null) => Page(0, 5, values, (int)encoding, body, uncompressed ?? body.Length);

    /// <summary>The file.</summary>
    public byte[] With(params byte[][] pages)
    {
        var file = new ByteBuffer();
        file.Append("PAR1"u8);
        foreach (byte[] page in pages)
            file.Append(page);
        int end = file.Length;
        bool hasDictionary = pages.Length > 1;
        var thrift = new ThriftWriter(file);
        thrift.Item(() =>
        {
            thrift.Int(1, 1);
            thrift.List(2, [false, true], isColumn => Node(thrift, isColumn));
            thrift.Int(3, Rows, ThriftType.Int64);
            thrift.List(4, [0], _ =>
            {
                thrift.List(1, [0], _ => thrift.Struct(3, () =>
                {
                    thrift.Int(1, (int)Physical);
                    thrift.Int(4, Codec);
                    thrift.Int(5, Rows, ThriftType.Int64);
                    thrift.Int(7, end - Start - LeftOut, ThriftType.Int64);
                    thrift.Int(9, FirstPage + (hasDictionary ? pages[0].Length : 0), ThriftType.Int64);
                    if (hasDictionary)
                        thrift.Int(11, FirstPage, ThriftType.Int64);
                }));
                thrift.Int(3, Rows, ThriftType.Int64);
            });
            thrift.Text(6, CreatedBy);
        });
        file.Append(file.Length - end);
        file.Append("PAR1"u8);
        return file.Written.ToArray();
    }

    private static byte[] Page(int type, int details, int values, int encoding, byte[] body, int uncompressed)
    {
        var page = new ByteBuffer();
        var thrift = new ThriftWriter(page);
        thrift.Item(() =>
        {
            thrift.Int(1, type);
            thrift.Int(2, uncompressed);
            thrift.Int(3, body.Length);
            thrift.Struct(details, () =>
            {
                thrift.Int(1, values);
                thrift.Int(2, encoding);
                if (details == 5)
                    thrift.Int(3, (int)ParquetEncoding.Rle);
            });
        });
        page.Append(body);
        return page.Written.ToArray();
    }

    private void Node(ThriftWriter thrift, bool isColumn)
    {
        if (!isColumn)
        {
            thrift.Text(4, "schema");
            thrift.Int(5, 1);
            return;
        }
        thrift.Int(1, (int)Physical);
        if (Width > 0)
            thrift.Int(2, Width);
        thrift.Int(3, (int)(IsNullable ? Repetition.Optional : Repetition.Required));
        thrift.Text(4, "a");
    }
}
