using System.Net;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using PresignKit;
using PresignKit.LocalS3;

// The values are the check values of the algorithms.
byte[] digits = Encoding.ASCII.GetBytes("123456789");
await using LocalS3Server s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
IPresigner presigner = s3.CreatePresigner("photos");
using HttpClient http = s3.CreateHttpClient();

Console.WriteLine(typeof(LocalS3Server).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
Console.WriteLine($"{Environment.Version.Major}.{Environment.Version.Minor}");
foreach ((ChecksumAlgorithm algorithm, string hex) in new[] { (ChecksumAlgorithm.Crc32, "cbf43926"), (ChecksumAlgorithm.Crc32C, "e3069283"), (ChecksumAlgorithm.Crc64Nvme, "ae8b14860a799888") })
{
    await PutAsync(algorithm, Convert.FromHexString(hex));
    await PutAsync(algorithm, new byte[hex.Length / 2]);
}

using HttpResponseMessage download = await http.SendAsync(presigner.Presign(new GetObject("digits")).ToHttpRequestMessage());
Console.WriteLine($"{(int)download.StatusCode} {await download.Content.ReadAsStringAsync()}");
using HttpResponseMessage tampered = await http.GetAsync(presigner.Presign(new GetObject("digits")).Url + "&a=b");
Console.WriteLine($"{(int)tampered.StatusCode} {s3.Requests[^1].Error!.Code}");

async Task PutAsync(ChecksumAlgorithm algorithm, byte[] checksum)
{
    PresignedUrl url = presigner.Presign(new PutObject("digits") { Checksum = new Checksum(algorithm, checksum) });
    using HttpResponseMessage response = await http.SendAsync(url.ToHttpRequestMessage(new ByteArrayContent(digits)));
    Console.WriteLine($"{algorithm} {(int)response.StatusCode}{(response.StatusCode == HttpStatusCode.OK ? "" : " " + s3.Requests[^1].Error!.Code)}");
}
