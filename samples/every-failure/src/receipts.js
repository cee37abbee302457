// Writes a receipt for each sale that comes in through the queue.
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");

const s3 = new S3Client({});

exports.handler = async (event) => {
  for (const record of event.Records) {
    const sale = JSON.parse(JSON.parse(record.body).Message);
    const text = `${sale.venue}: seat ${sale.seat}, 100% paid\n`;
    await s3.send(new PutObjectCommand({ Bucket: process.env.RECEIPTS_BUCKET, Key: `${sale.id}.txt`, Body: text }));
  }
};
