// The contact form. Sending it is an inquiry; a demo shop keeps nothing of it.

const form = document.querySelector('#contact');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  tundish('inquiry', { via: 'form' });
  form.elements.message.value = '';
  document.querySelector('#sent').textContent =
    'Thank you, we have it. (A demo shop: in truth nothing was sent.)';
});
